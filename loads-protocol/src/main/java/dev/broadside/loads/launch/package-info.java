/**
 * What the runner of one process and the resident runner share: a user from arguments to exit code,
 * the class path of its tests, and its log. On the path of every user, so it is written for a quick
 * start: no lambdas, no streams, no regular expressions, no formatters.
 */
@NullMarked
package dev.broadside.loads.launch;

import org.jspecify.annotations.NullMarked;
