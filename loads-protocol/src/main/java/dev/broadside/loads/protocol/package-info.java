/**
 * The messages of Loads, and the codec that alone knows their JSON. Source: docs/protocols.md 2.2.
 */
@NullMarked
package dev.broadside.loads.protocol;

import org.jspecify.annotations.NullMarked;
