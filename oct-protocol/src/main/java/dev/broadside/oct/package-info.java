/**
 * The front door of OCT: a {@link dev.broadside.oct.Turret} that fires under any OCT headquarters,
 * the original Python one or that of {@link dev.broadside.oct.hq}.
 */
@NullMarked
package dev.broadside.oct;

import org.jspecify.annotations.NullMarked;
