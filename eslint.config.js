import tseslint from 'typescript-eslint'

const ban = (...names) => ({ 'no-restricted-globals': ['error', ...names] })

export default tseslint.config(
  { ignores: ['dist/**', 'node_modules/**', '.outpost/**'] },
  ...tseslint.configs.recommendedTypeChecked,
  { languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } } },
  { files: ['**/*.js', '**/*.mjs', '**/*.cjs'], extends: [tseslint.configs.disableTypeChecked] },
  // One tsconfig serves browser and server, so each side's globals are kept out of the other here.
  {
    files: ['server.ts', 'api/**', 'bot/**', 'infra/**'],
    ignores: ['infra/simulator/desk/**'],
    rules: ban('window', 'document', 'localStorage'),
  },
  { files: ['tab/**', 'infra/simulator/desk/**'], rules: ban('process', 'Buffer') },
)
