/** The commands of those who operate a hub: each asks its admin listener, and prints what it says. */
@NullMarked
package io.hawser.app.operate;

import org.jspecify.annotations.NullMarked;
