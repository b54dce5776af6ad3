package io.hawser.iot.registry.policy;

/**
 * Which policy a device follows for one of its models.
 *
 * @param device its endpoint id
 * @param model the URN of the model
 * @param policy the id of the policy
 */
record Assignment(String device, String model, String policy) {
    /** A device follows one policy a model. */
    static String key(String device, String model) {
        return device + "/" + model;
    }
}
