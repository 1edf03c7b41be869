/** The folder of a run: what is kept while it goes on, and the files made of that, also again. */
@NullMarked
package dev.broadside.oct.results;

import org.jspecify.annotations.NullMarked;
