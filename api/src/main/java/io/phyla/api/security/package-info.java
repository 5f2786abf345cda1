/** Who may do what: tokens with roles, and guards against foreign pages. */
@NullMarked
package io.phyla.api.security;

import org.jspecify.annotations.NullMarked;
