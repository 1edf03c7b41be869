/** The front door of Loads: what reports to it, and what can be reported to in its place. */
@NullMarked
package dev.broadside.loads;

import org.jspecify.annotations.NullMarked;
