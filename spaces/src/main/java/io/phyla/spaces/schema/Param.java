package io.phyla.spaces.schema;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What JSON Schema, form, documentation and reader need to know of a record component. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Param {

    String description();

    /** Smallest number allowed; for text and lists the smallest length. */
    double min() default Double.NEGATIVE_INFINITY;

    /** Largest number allowed; for text and lists the largest length. */
    double max() default Double.POSITIVE_INFINITY;

    /** The value if the member is absent, as JSON text; empty if the member is required. Nullable members need none. */
    String byDefault() default "";
}
