/** What systems leave in folders of photos, and nobody wants to add. */
export const isClutter = (name: string): boolean => name.startsWith('.') || /^(thumbs\.db|desktop\.ini)$/i.test(name)
