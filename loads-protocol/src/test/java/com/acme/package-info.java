/** A user's tests, to be run as tests of Loads; named so that the build does not run them. */
package com.acme;
