/**
 * A headquarters for tests of turrets. Needs JUnit 5.14 or later, which a project that has such
 * tests brings along.
 */
@NullMarked
package dev.broadside.oct.junit;

import org.jspecify.annotations.NullMarked;
