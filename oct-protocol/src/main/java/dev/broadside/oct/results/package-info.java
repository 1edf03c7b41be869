/**
 * What is kept of a run: the results folder, the database in it, and what is made from it again.
 */
@NullMarked
package dev.broadside.oct.results;

import org.jspecify.annotations.NullMarked;
