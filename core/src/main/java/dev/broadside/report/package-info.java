/**
 * What people and programs read of a run. Each report is written from a {@code RunResult} alone.
 */
@NullMarked
package dev.broadside.report;

import org.jspecify.annotations.NullMarked;
