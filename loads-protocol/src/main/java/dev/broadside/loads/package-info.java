/** The front door of Loads: reporters and runners. Source: docs/protocols.md, part 2. */
@NullMarked
package dev.broadside.loads;

import org.jspecify.annotations.NullMarked;
