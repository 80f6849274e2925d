// What questions about licences mean, also where customers are called like commands and times.
import { itMeans } from '../testing/questions.fixture.ts'

itMeans(21, {
  'licences Contoso': ['licences Contoso', 'licenses contoso', 'license contoso', 'licences of contoso', 'contoso licences', 'free licences at contoso', 'how many licences does contoso have', 'unused licenses at contoso', 'licence report for contoso', 'seats contoso', "contoso's licenses", 'how many free seats are left at contoso'],
  'licences …': ['licences', 'licenses?', 'free licences', 'licences of'],
  'licences - litware': ['licences litware'],
  // customers called like commands and times
  'licences MFA Ltd': ['licences MFA Ltd', 'licences mfa'],
  'licences Licence Plates': ['licences Licence Plates', 'Licence Plates licences'],
})
