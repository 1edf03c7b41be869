/** Measures Broadside beside the bare sockets that it is built on. */
@NullMarked
package dev.broadside.examples.benchmarks;

import org.jspecify.annotations.NullMarked;
