/**
 * Load tests as tests of JUnit: {@link dev.broadside.junit.LoadTest} on a method. Needs JUnit 5.14
 * or later, which every project that has such tests brings along.
 */
@NullMarked
package dev.broadside.junit;

import org.jspecify.annotations.NullMarked;
