import reactHooks from 'eslint-plugin-react-hooks'
import tseslint from 'typescript-eslint'

const ban = (...names) => ({ 'no-restricted-globals': ['error', ...names] })

export default tseslint.config(
  { ignores: ['dist/**', 'node_modules/**', '.outpost/**'] },
  ...tseslint.configs.recommendedTypeChecked,
  // An operation takes the actor although it makes no difference to what it answers.
  { rules: { '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }] } },
  { languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } } },
  { files: ['**/*.js', '**/*.mjs', '**/*.cjs'], extends: [tseslint.configs.disableTypeChecked] },
  // One tsconfig serves browser and server, so each side's globals are kept out of the other here.
  {
    files: ['server.ts', 'api/**', 'bot/**', 'infra/**'],
    ignores: ['infra/simulator/desk/**'],
    rules: ban('window', 'document', 'localStorage'),
  },
  { files: ['tab/**', 'infra/simulator/desk/**'], rules: ban('process', 'Buffer') },
  // What these rules only warn of is wrong here, too.
  { files: ['tab/**'], plugins: { 'react-hooks': reactHooks }, rules: Object.fromEntries(Object.keys(reactHooks.configs.recommended.rules).map((name) => [name, 'error'])) },
  // The schemas of the model bring a library of 90 kB with them. Their types cost nothing; these files have none.
  {
    files: ['tab/**'],
    ignores: ['**/*.test.*'],
    rules: {
      '@typescript-eslint/no-restricted-imports': ['error', {
        patterns: [{ regex: 'api/(?!(place|visible|asWritten|posture/share|security/unread|audit/actionWords)\\.ts$)', allowTypeImports: true, message: 'A schema would reach the browser. Import its type, or put what is pure into a file without schemas.' }],
      }],
    },
  },
)
