package io.hawser.core.message;

/** How a request ended; each protocol tells it to who asked in its own terms. All but the first say why in the field {@code error}. */
public enum Ending {
    /** It was done or answered. */
    DONE,
    /** Access rules do not allow who asked to ask it. */
    DENIED,
    /** What was asked makes no sense to who was asked. */
    REFUSED,
    /** Who was asked tried, or answered that it cannot. */
    FAILED,
    /** It was not done or answered in time. */
    EXPIRED,
    /** Nobody is there who could answer. */
    ABSENT
}
