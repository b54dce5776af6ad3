/** What a hub is told before it starts: its configuration as a tree of values, and the reader of that tree. Public for embedding. */
@NullMarked
package io.hawser.app.config;

import org.jspecify.annotations.NullMarked;
