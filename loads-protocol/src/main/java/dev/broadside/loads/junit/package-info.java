/**
 * JUnit tests as tests of Loads. Needs {@code org.junit.platform:junit-platform-launcher} and an
 * engine, of any version from 1.10 (JUnit 5.10) on, beside each other on the class path.
 *
 * <p>These classes may be defined once more by a loader that sees the user's JUnit, so they use
 * public members of other packages only.
 */
@NullMarked
package dev.broadside.loads.junit;

import org.jspecify.annotations.NullMarked;
