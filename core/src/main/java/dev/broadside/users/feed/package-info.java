/**
 * Data for transactions: a {@link dev.broadside.users.feed.Feeder} gives each iteration a record of
 * a CSV file, of a file of JSON lines, or of a list.
 */
@NullMarked
package dev.broadside.users.feed;

import org.jspecify.annotations.NullMarked;
