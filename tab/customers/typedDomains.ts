/** The entries of a list that was typed with commas, semicolons, spaces or lines between them. */
export const domainsIn = (text: string): string[] => [...new Set(text.split(/[,;\s]+/).filter((word) => word !== ''))]
