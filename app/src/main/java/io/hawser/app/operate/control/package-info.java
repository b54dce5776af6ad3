/** Commands about what a hub was told, who may do what there, and who did what. */
@NullMarked
package io.hawser.app.operate.control;

import org.jspecify.annotations.NullMarked;
