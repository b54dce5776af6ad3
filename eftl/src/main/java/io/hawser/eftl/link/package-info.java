/** Links: this hub as a client of another one, in the name of everybody on its bus. */
@NullMarked
package io.hawser.eftl.link;

import org.jspecify.annotations.NullMarked;
