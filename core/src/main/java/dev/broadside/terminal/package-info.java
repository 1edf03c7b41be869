/** What the commands of the house share: the terminal they write to, the signals that end them. */
@NullMarked
package dev.broadside.terminal;

import org.jspecify.annotations.NullMarked;
