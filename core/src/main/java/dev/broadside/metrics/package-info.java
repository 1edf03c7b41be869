/** What is measured, and what is made of it: measurements, latencies, the result of a run. */
@NullMarked
package dev.broadside.metrics;

import org.jspecify.annotations.NullMarked;
