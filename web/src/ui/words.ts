/** The English words of a feature have exactly the keys of its Chinese words. */
export type Words<T> = { readonly [K in keyof T]: T[K] extends string ? string : Words<T[K]> };
