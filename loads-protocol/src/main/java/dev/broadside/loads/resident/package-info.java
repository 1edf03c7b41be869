/**
 * The resident runner: one JVM that runs the users of many launchers, each in a thread. Its other
 * half is the script {@code loads-java}. Not exported.
 */
@NullMarked
package dev.broadside.loads.resident;

import org.jspecify.annotations.NullMarked;
