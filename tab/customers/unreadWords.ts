import { namesInShort } from '../../api/security/unread.ts'

/** "Unknown for Contoso and Fabrikam: No tenant is connected yet." */
export const unreadWords = ({ reason, names }: { reason: string; names: readonly string[] }): string => `Unknown for ${namesInShort(names)}: ${reason}`
