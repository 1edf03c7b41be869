/**
 * Turret archives, as {@code oct pack-turrets} makes them and {@code turret start --tar} runs them.
 */
@NullMarked
package dev.broadside.oct.packaging;

import org.jspecify.annotations.NullMarked;
