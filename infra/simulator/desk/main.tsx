import { createRoot } from 'react-dom/client'
import { Desk } from './Desk.tsx'
import './desk.css'

const root = document.getElementById('desk')
if (root !== null) createRoot(root).render(<Desk />)
