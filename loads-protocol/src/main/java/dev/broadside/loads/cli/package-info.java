/** The {@code loads-runner} command. */
@NullMarked
package dev.broadside.loads.cli;

import org.jspecify.annotations.NullMarked;
