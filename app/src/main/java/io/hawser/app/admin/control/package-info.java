/** What a hub was told, who may do what there, and who did what. */
@NullMarked
package io.hawser.app.admin.control;

import org.jspecify.annotations.NullMarked;
