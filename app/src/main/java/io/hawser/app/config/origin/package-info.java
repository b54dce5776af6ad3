/** Each setting as it holds, and where it comes from. */
@NullMarked
package io.hawser.app.config.origin;

import org.jspecify.annotations.NullMarked;
