/**
 * Reads the keys of JSON configurations, turrets' and projects' alike, and words their faults. Not
 * exported.
 */
@NullMarked
package dev.broadside.oct.config;

import org.jspecify.annotations.NullMarked;
