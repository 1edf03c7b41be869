/** The collecting side of Loads: takes what runners report, and starts runners in any language. */
@NullMarked
package dev.broadside.loads.collector;

import org.jspecify.annotations.NullMarked;
