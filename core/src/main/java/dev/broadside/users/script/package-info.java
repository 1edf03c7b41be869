/**
 * Loading of transactions by name: a class on the class path, a {@code .java} source file, or a
 * jar. {@link dev.broadside.users.script.ScriptLoader} is the way in.
 */
@NullMarked
package dev.broadside.users.script;

import org.jspecify.annotations.NullMarked;
