/**
 * Load tests of one process, from a {@code main} or a test: {@link dev.broadside.Broadside} runs
 * transactions under load profiles and gives the result, without a headquarters and without a
 * network of its own.
 */
@NullMarked
package dev.broadside;

import org.jspecify.annotations.NullMarked;
