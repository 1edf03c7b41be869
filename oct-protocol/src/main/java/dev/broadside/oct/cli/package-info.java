/** The {@code oct} command, with the names and options of the originals. */
@NullMarked
package dev.broadside.oct.cli;

import org.jspecify.annotations.NullMarked;
