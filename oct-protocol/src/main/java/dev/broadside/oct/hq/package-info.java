/**
 * A headquarters of our own: {@code Headquarters} orders turrets about and makes a result of what
 * they report.
 */
@NullMarked
package dev.broadside.oct.hq;

import org.jspecify.annotations.NullMarked;
