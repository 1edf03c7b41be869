/** Tests as users of the resident runner have them. */
package com.acme.resident;
