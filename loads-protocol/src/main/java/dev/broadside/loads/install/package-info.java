/**
 * Writes the scripts that start runners, and the archives of classes that make them start sooner.
 * Not exported.
 */
@NullMarked
package dev.broadside.loads.install;

import org.jspecify.annotations.NullMarked;
