/**
 * The database of runs: what a headquarters receives, stored while a run goes on and read again.
 */
@NullMarked
package dev.broadside.oct.store;

import org.jspecify.annotations.NullMarked;
