/** What one client asks for and is answered: publications, requests, replies, maps. */
@NullMarked
package io.hawser.eftl.gateway.operation;

import org.jspecify.annotations.NullMarked;
