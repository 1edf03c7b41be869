/**
 * The messages of OCT as records, and the codec that alone knows their JSON. Source:
 * docs/protocols.md 1.2 to 1.5.
 */
@NullMarked
package dev.broadside.oct.protocol;

import org.jspecify.annotations.NullMarked;
