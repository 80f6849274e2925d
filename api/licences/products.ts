// Products that people meet: Microsoft's id, part number and name, a row each. Facts selected from "Product names and service plan
// identifiers for licensing" (Microsoft Entra documentation, © Microsoft, CC BY 4.0), compared with the edition of October 2024; those
// without Teams, sold since 2024, are from Microsoft's later notes. Names are those of today. Without an id: known by part number alone.

const rows = `
2b9c8e7c-319c-43a2-a2a0-48c5c6161de7 | AAD_BASIC | Microsoft Entra ID Basic
078d2b04-f1bd-4111-bbd4-b4b1b354cef4 | AAD_PREMIUM | Microsoft Entra ID P1
84a661c4-e949-4bd2-a560-ed7766fcaf2b | AAD_PREMIUM_P2 | Microsoft Entra ID P2
df845ce7-05f9-4894-b5f2-11bbfbcfd2b6 | ADALLOM_STANDALONE | Microsoft Defender for Cloud Apps
4ef96642-f096-40de-a3e9-d83fb2f90211 | ATP_ENTERPRISE | Microsoft Defender for Office 365 (Plan 1)
606b54a9-78d8-4298-ad8b-df6ef4481c80 | CCIBOTS_PRIVPREV_VIRAL | Microsoft Copilot Studio Viral Trial
71f21848-f89b-4aaa-a2dc-780c8e8aac5b | CPC_B_2C_8RAM_128GB | Windows 365 Business 2 vCPU, 8 GB, 128 GB
16a55f2f-ff35-4cd5-9146-fb784e3761a5 | DEFENDER_ENDPOINT_P1 | Microsoft Defender for Endpoint P1
4b585984-651b-448a-9e53-3b10f069cf7f | DESKLESSPACK | Office 365 F3
c42b9cae-ea4f-4ab7-9717-81576235ccac | DEVELOPERPACK_E5 | Microsoft 365 E5 Developer
2880026b-2b0c-4251-8656-5d41ff11e3aa | DYN365_BUSCENTRAL_ESSENTIAL | Dynamics 365 Business Central Essentials
f991cecc-3f91-4cd0-a9a8-bf1c8167e029 | DYN365_BUSCENTRAL_PREMIUM | Dynamics 365 Business Central Premium
749742bf-0d37-4158-a120-33567104deeb | DYN365_ENTERPRISE_CUSTOMER_SERVICE | Dynamics 365 Customer Service Enterprise
1e1a282c-9c54-43a2-9310-98ef728faace | DYN365_ENTERPRISE_SALES | Dynamics 365 Sales Enterprise
8e7a3d30-d97d-43ab-837c-d7701cef83dc | DYN365_ENTERPRISE_TEAM_MEMBERS | Dynamics 365 Team Members
efccb6f7-5641-4e0e-bd10-b4976e1bf68e | EMS | Enterprise Mobility + Security E3
b05e124f-c7cc-45a0-a6aa-8cf78c946968 | EMSPREMIUM | Enterprise Mobility + Security E5
6fd2c87f-b296-42f0-b197-1e91e994b900 | ENTERPRISEPACK | Office 365 E3
c7df2760-2c81-4ef7-b578-5b5392b571df | ENTERPRISEPREMIUM | Office 365 E5
26d45bd9-adf1-46cd-a9e1-51e9a5524128 | ENTERPRISEPREMIUM_NOPSTNCONF | Office 365 E5 without Audio Conferencing
1392051d-0cb9-4b7a-88d5-621fee5e8711 | ENTERPRISEWITHSCAL | Office 365 E4
ee02fd1b-340e-4a4b-b355-4a514e4c8943 | EXCHANGEARCHIVE_ADDON | Exchange Online Archiving for Exchange Online
80b2d799-d2ba-4d2a-8842-fb0d0f3a4b82 | EXCHANGEDESKLESS | Exchange Online Kiosk
19ec0d23-8335-4cbd-94ac-6050e30712fa | EXCHANGEENTERPRISE | Exchange Online (Plan 2)
4b9405b0-7788-4568-add1-99614e613b69 | EXCHANGESTANDARD | Exchange Online (Plan 1)
- | EXCHANGE_S_DESKLESS | Exchange Online Kiosk
f30db892-07e9-47e9-837c-80727f46fd3d | FLOW_FREE | Microsoft Power Automate Free
bc946dac-7877-4271-b2f7-99d2db13cd2c | FORMS_PRO | Dynamics 365 Customer Voice Trial
26124093-3d78-432b-b5dc-48bf992543d5 | IDENTITY_THREAT_PROTECTION | Microsoft 365 E5 Security
184efa21-98c3-4e5d-95ab-d07053a96e67 | INFORMATION_PROTECTION_COMPLIANCE | Microsoft 365 E5 Compliance
061f9ace-7d42-4136-88ac-31dc755f143f | INTUNE_A | Microsoft Intune Plan 1
2b317a4a-77a6-4188-9437-b68a77b4e2c6 | INTUNE_A_D | Microsoft Intune Device
44575883-256e-4a79-9da4-ebe9acabe2b2 | M365_F1 | Microsoft 365 F1
295a8eb0-f78d-45c7-8b5b-1eed5ed02dff | MCOCAP | Microsoft Teams Shared Devices
e43b5b99-8dfb-405f-9987-dc307f34bcbd | MCOEV | Microsoft Teams Phone Standard
0c266dff-15dd-4b49-8397-2bb16070ed52 | MCOMEETADV | Microsoft 365 Audio Conferencing
0dab259f-bf13-4952-b7f8-7db8f131b28d | MCOPSTN1 | Microsoft 365 Domestic Calling Plan
d3b4fe1f-9992-4930-8acb-ca6ec609365e | MCOPSTN2 | Microsoft 365 Domestic and International Calling Plan
47794cd0-f0e5-45c5-9033-2eb6b5fc84e0 | MCOPSTNC | Communications Credits
b126b073-72db-4a9d-87a4-b17afe41d4ab | MDATP_XPLAT | Microsoft Defender for Endpoint P2
5e1e7702-a2b7-4360-8d07-2f515792896f | MDE_SMB | Microsoft Defender for Business
6070a4c8-34c6-4937-8dfb-39bbc6397a60 | MEETING_ROOM | Microsoft Teams Rooms Standard
639dec6b-bb19-468b-871c-c5c441c4b0cb | MICROSOFT_365_COPILOT | Microsoft 365 Copilot
00e1ec7b-e4a3-40d1-9441-b69b597ab222 | Microsoft_365_ Business_ Premium_(no Teams) | Microsoft 365 Business Premium (no Teams)
5a1c7b8d-0739-4ca8-bf69-ec87e69133ac | MICROSOFT_365_BUSINESS_STANDARD_NO_TEAMS | Microsoft 365 Business Standard (no Teams)
dcf0408c-aaec-446c-afd4-43e3683943ea | Microsoft_365_E3_(no_Teams) | Microsoft 365 E3 (no Teams)
18a4bd3f-0b5b-4887-b04f-61dd0ee15f5e | Microsoft_365_E5_(no_Teams) | Microsoft 365 E5 (no Teams)
f7ee79a7-7aec-4ca4-9fb9-34d6b930ad87 | Microsoft_365_F3_EEA_(no_Teams) | Microsoft 365 F3 EEA (no Teams)
a929cd4d-8672-47c9-8664-159c1f322ba8 | Microsoft_Intune_Suite | Microsoft Intune Suite
1c27243e-fb4d-42b1-ae8c-fe25c9616588 | Microsoft_Teams_Audio_Conferencing_select_dial_out | Microsoft Teams Audio Conferencing with dial-out to USA/CAN
7e31c0d9-9551-471d-836f-32ee72be4a01 | Microsoft_Teams_Enterprise_New | Microsoft Teams Enterprise
e0dfc8b9-9531-4ec8-94b4-9fec23b05fc8 | Microsoft_Teams_Exploratory_Dept | Microsoft Teams Exploratory
36a0f3b3-adb5-49ea-bf66-762134cf063a | Microsoft_Teams_Premium | Microsoft Teams Premium
6af4b3d6-14bb-4a2a-960c-6c902aad34f3 | Microsoft_Teams_Rooms_Basic | Microsoft Teams Rooms Basic
4cde982a-ede4-4409-9ae6-b003453c8ea6 | Microsoft_Teams_Rooms_Pro | Microsoft Teams Rooms Pro
aa2695c9-8d59-4800-9dc8-12e01f1735af | NONPROFIT_PORTAL | Nonprofit Portal
cdd28e44-67e3-425e-be4c-737fab2899d3 | O365_BUSINESS | Microsoft 365 Apps for Business
b214fe43-f5a3-4703-beeb-fa97188220fc | SMB_BUSINESS | Microsoft 365 Apps for Business
3b555118-da6a-4418-894f-7df1e2096870 | O365_BUSINESS_ESSENTIALS | Microsoft 365 Business Basic
dab7782a-93b1-4074-8bb1-0e61318bea0b | SMB_BUSINESS_ESSENTIALS | Microsoft 365 Business Basic
f245ecc8-75af-4f8e-b61f-27d8114de5f3 | O365_BUSINESS_PREMIUM | Microsoft 365 Business Standard
ac5cef5d-921b-4f97-9ef3-c99076e5470f | SMB_BUSINESS_PREMIUM | Microsoft 365 Business Standard
- | O365_w/o Teams Bundle_M3 | Microsoft 365 E3 EEA (no Teams)
- | O365_w/o_Teams_Bundle_M5 | Microsoft 365 E5 EEA (no Teams)
f8ced641-8e17-4dc5-b014-f5a2d53f6ac8 | Office_365_E1_(no_Teams) | Office 365 E1 (no Teams)
- | Office_365_w/o_Teams_Bundle_Business_Premium | Microsoft 365 Business Premium EEA (no Teams)
- | Office_365_w/o_Teams_Bundle_Business_Standard | Microsoft 365 Business Standard EEA (no Teams)
b57282e3-65bd-4252-9502-c0eae1e5ab7f | Office_365_w/o_Teams_Bundle_E1 | Office 365 E1 EEA (no Teams)
- | Office_365_w/o_Teams_Bundle_E3 | Office 365 E3 EEA (no Teams)
- | Office_365_w/o_Teams_Bundle_E5 | Office 365 E5 EEA (no Teams)
c2273bd0-dff7-4215-9ef5-2c7bcfb06425 | OFFICESUBSCRIPTION | Microsoft 365 Apps for Enterprise
c1d032e0-5619-4761-9b5c-75b6831e1711 | PBI_PREMIUM_PER_USER | Power BI Premium Per User
440eaaa8-b3e0-484b-a8be-62870b9ba70a | PHONESYSTEM_VIRTUALUSER | Microsoft Teams Phone Resource Account
5b631642-bd26-49fe-bd20-1daaa972ef80 | POWERAPPS_DEV | Microsoft Power Apps for Developer
b30411f5-fea1-4a59-9ad9-3db7c7ead579 | POWERAPPS_PER_USER | Power Apps Premium
dcb1a3ae-b33f-4487-846a-a640262fadf4 | POWERAPPS_VIRAL | Microsoft Power Apps Plan 2 Trial
eda1941c-3c4f-4995-b5eb-e85a42175ab9 | POWERAUTOMATE_ATTENDED_RPA | Power Automate Premium
f8a1db68-be16-40ed-86d5-cb42ce701560 | POWER_BI_PRO | Power BI Pro
a403ebcc-fae0-4ca2-8c8c-7a907fd6c235 | POWER_BI_STANDARD | Microsoft Fabric (Free)
09015f9f-377f-4538-bbb5-f75ceb09358a | PROJECTPREMIUM | Planner and Project Plan 5
53818b1b-4a27-454b-8896-0dba576410e6 | PROJECTPROFESSIONAL | Planner and Project Plan 3
beb6439c-caad-48d3-bf46-0c82871e12be | PROJECT_P1 | Planner Plan 1
c52ea49f-fe5d-4e95-93ba-1de91d380f89 | RIGHTSMANAGEMENT | Azure Information Protection Plan 1
8c4ce438-32a7-4ac5-91a6-e22ae08d9c8b | RIGHTSMANAGEMENT_ADHOC | Rights Management Adhoc
a9732ec9-17d9-494c-a51c-d6b45b384dcb | SHAREPOINTENTERPRISE | SharePoint Online (Plan 2)
1fc08a02-8b3d-43b9-831e-f76859e04e1a | SHAREPOINTSTANDARD | SharePoint Online (Plan 1)
99049c9c-6011-4908-bf17-15f496e6519d | SHAREPOINTSTORAGE | Office 365 Extra File Storage
90d8b3f8-712e-4f7b-aa1e-62e7ae6cbe96 | SMB_APPS | Business Apps (free)
cbdc14ab-d96c-4c30-b9f4-6ada7cdc1d46 | SPB | Microsoft 365 Business Premium
05e9a617-0261-4cee-bb44-138d3ef5d965 | SPE_E3 | Microsoft 365 E3
06ebc4ee-1bb5-47dd-8120-11324bc54e06 | SPE_E5 | Microsoft 365 E5
a91fc4e0-65e5-4266-aa76-4037509c1626 | SPE_E5_CALLINGMINUTES | Microsoft 365 E5 with Calling Minutes
66b55226-6b4f-492c-910c-a3b7a3c9d993 | SPE_F1 | Microsoft 365 F3
67ffe999-d9ca-49e1-9d2c-03fb28aa7a48 | SPE_F5_SEC | Microsoft 365 F5 Security Add-on
18181a46-0d4e-45cd-891e-60aabd171b4e | STANDARDPACK | Office 365 E1
1f2f344a-700d-42c9-9427-5cea1d5d7ba6 | STREAM | Microsoft Stream Trial
29a2f828-8f39-4837-b8ff-c957e86abe3c | TEAMS_COMMERCIAL_TRIAL | Microsoft Teams Commercial Cloud
fde42873-30b6-436b-b361-21af5a6b84ae | Teams_Ess | Microsoft Teams Essentials
3ab6abff-666f-4424-bfb7-f0bc274ec7bc | TEAMS_ESSENTIALS_AAD | Microsoft Teams Essentials (AAD Identity)
710779e8-3d4a-4c88-adb9-386c958d1fdf | TEAMS_EXPLORATORY | Microsoft Teams Exploratory
16ddbbfc-09ea-4de2-b1d7-312db6112d70 | TEAMS_FREE | Microsoft Teams (Free)
3dd6cf57-d688-4eed-ba52-9e40b5468c3e | THREAT_INTELLIGENCE | Microsoft Defender for Office 365 (Plan 2)
9f3d9c1d-25a5-4aaa-8e59-23a1e6450a67 | UNIVERSAL_PRINT | Universal Print
c5928f49-12ba-48f7-ada3-0d743a3601d5 | VISIOCLIENT | Visio Plan 2
38b434d2-a15e-4cde-9a98-e737c75623e1 | VISIO_PLAN2_DEPT | Visio Plan 2
4b244418-9658-4451-a2b8-b5e2b364e9bd | VISIOONLINE_PLAN1 | Visio Plan 1
ca7f3140-d88c-455b-9a1c-7f0679e31a76 | VISIO_PLAN1_DEPT | Visio Plan 1
61902246-d7cb-453e-85cd-53ee28eec138 | VIVA | Microsoft Viva Suite
ed01faf2-1d88-4947-ae91-45ca18703a96 | WACONEDRIVEENTERPRISE | OneDrive for Business (Plan 2)
e6778190-713e-4e4f-9119-8b8238de25df | WACONEDRIVESTANDARD | OneDrive for Business (Plan 1)
6a0f6da5-0b87-4190-a6ae-9bb5a2b9546a | WIN10_VDA_E3 | Windows 10/11 Enterprise E3
488ba24a-39a9-4473-8ee5-19291e71b002 | WIN10_VDA_E5 | Windows 10/11 Enterprise E5
6470687e-a428-4b7a-bef2-8a291ad947c9 | WINDOWS_STORE | Windows Store for Business
`

export interface Product {
  readonly skuId: string | null
  readonly partNumber: string
  readonly name: string
}

export const products: readonly Product[] = rows
  .trim()
  .split('\n')
  .map((row) => {
    const [skuId, partNumber, name] = row.split(' | ')
    return { skuId: skuId === '-' ? null : skuId!, partNumber: partNumber!, name: name! }
  })
