/**
 * What users write, and the virtual users that run it: a {@link dev.broadside.users.Transaction} is
 * the same for turrets, Loads runners and standalone runs.
 */
@NullMarked
package dev.broadside.users;

import org.jspecify.annotations.NullMarked;
