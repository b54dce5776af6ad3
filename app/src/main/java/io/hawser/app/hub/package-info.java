/** The hub as one object: its configuration tree, the reader of that tree, and what starts it. Public for embedding. */
@NullMarked
package io.hawser.app.hub;

import org.jspecify.annotations.NullMarked;
