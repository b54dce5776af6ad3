/** What the admin listener tells of devices and their models, and how it changes them. */
@NullMarked
package io.hawser.app.admin.device;

import org.jspecify.annotations.NullMarked;
