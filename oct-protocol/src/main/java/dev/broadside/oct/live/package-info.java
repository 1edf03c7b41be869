/**
 * The live page: what a headquarters does, in the browser, while it does it. Its server stands
 * beside the headquarters, which does not know of it.
 */
@NullMarked
package dev.broadside.oct.live;

import org.jspecify.annotations.NullMarked;
