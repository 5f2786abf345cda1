/** What a user submits, how it is checked, and what a dry run says about it. */
@NullMarked
package io.phyla.search.document;

import org.jspecify.annotations.NullMarked;
