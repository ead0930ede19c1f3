// Every operation an app of ours may send in the areas the sandbox answers, as text, with variables for the small world.

export type AdminDocument = { name: string; query: string; variables: Record<string, unknown> };

export const documents: AdminDocument[] = [
  {
    name: "app-installation",
    query: `query CurrentAppInstallation {
        currentAppInstallation {
          id
          launchUrl
          accessScopes { handle }
          app { id handle title }
          activeSubscriptions {
            id name status test trialDays currentPeriodEnd
            lineItems { id plan { pricingDetails { __typename
              ... on AppRecurringPricing { planHandle interval price { amount currencyCode } }
              ... on AppUsagePricing { terms cappedAmount { amount currencyCode } balanceUsed { amount currencyCode } } } } }
          }
        }
      }`,
    variables: {},
  },
  {
    name: "app-metafield-set",
    query: `mutation SetAppData($metafields: [MetafieldsSetInput!]!) {
        metafieldsSet(metafields: $metafields) {
          metafields { id namespace key compareDigest updatedAt }
          userErrors { field message code elementIndex }
        }
      }`,
    variables: {
      metafields: [
        { ownerId: "gid://shopify/AppInstallation/OWN", namespace: "loyalty", key: "config", type: "json", value: '{"enabled":true}' },
      ],
    },
  },
  {
    name: "bulk-operation-cancel",
    query: `mutation BulkCancel($id: ID!) { bulkOperationCancel(id: $id) { bulkOperation { id status } userErrors { field message } } }`,
    variables: { id: "gid://shopify/BulkOperation/1" },
  },
  {
    name: "bulk-operation-poll",
    query: `query BulkPoll($id: ID!) {
        bulkOperation(id: $id) { id status errorCode createdAt completedAt objectCount rootObjectCount fileSize url partialDataUrl type }
      }`,
    variables: { id: "gid://shopify/BulkOperation/1" },
  },
  {
    name: "bulk-operations-list",
    query: `query BulkList($query: String) {
        bulkOperations(first: 10, query: $query, sortKey: CREATED_AT, reverse: true) { nodes { id status type errorCode createdAt completedAt url } }
      }`,
    variables: { query: "status:running operation_type:query" },
  },
  {
    name: "bulk-run-query",
    query: `mutation BulkRun($query: String!) {
        bulkOperationRunQuery(query: $query, groupObjects: false) {
          bulkOperation { id status type createdAt }
          userErrors { field message code }
        }
      }`,
    variables: {
      query:
        "{\n  orders(query: \"created_at:>='2026-01-01T00:00:00Z'\") {\n    edges {\n      node {\n        id\n        name\n        createdAt\n        processedAt\n        cancelledAt\n        test\n        sourceName\n        currencyCode\n        presentmentCurrencyCode\n        taxesIncluded\n        displayFinancialStatus\n        subtotalPriceSet { shopMoney { amount currencyCode } }\n        currentSubtotalPriceSet { shopMoney { amount } }\n        currentTotalPriceSet { shopMoney { amount } }\n        currentTotalTaxSet { shopMoney { amount } }\n        currentShippingPriceSet { shopMoney { amount } }\n        totalTipReceivedSet { shopMoney { amount } }\n        totalRefundedSet { shopMoney { amount } }\n        discountCodes\n        customer { id }\n        lineItems {\n          edges { node { id quantity currentQuantity isGiftCard product { id } variant { id } sellingPlan { sellingPlanId } discountedUnitPriceAfterAllDiscountsSet { shopMoney { amount } } } }\n        }\n      }\n    }\n  }\n}",
    },
  },
  {
    name: "collections-search",
    query: `query Collections($query: String, $first: Int!, $after: String) {
        collections(first: $first, after: $after, query: $query, sortKey: TITLE) { nodes { id title handle productsCount { count } image { url } } pageInfo { hasNextPage endCursor } }
      }`,
    variables: { query: "title:summer*", first: 25 },
  },
  {
    name: "customer-by-email",
    query: `query CustomerByEmail($identifier: CustomerIdentifierInput!) {
        customerByIdentifier(identifier: $identifier) { id legacyResourceId displayName defaultEmailAddress { emailAddress } }
      }`,
    variables: { identifier: { emailAddress: "a@example.com" } },
  },
  {
    name: "customer-create",
    query: `mutation CustomerCreate($input: CustomerInput!) {
        customerCreate(input: $input) {
          customer { id defaultEmailAddress { emailAddress marketingState } }
          userErrors { field message }
        }
      }`,
    variables: {
      input: {
        email: "new@example.com",
        firstName: "A",
        tags: ["loyalty"],
        emailMarketingConsent: {
          marketingState: "SUBSCRIBED",
          marketingOptInLevel: "SINGLE_OPT_IN",
          consentUpdatedAt: "2026-11-21T00:00:00Z",
        },
      },
    },
  },
  {
    name: "customer-email-consent-update",
    query: `mutation EmailConsent($input: CustomerEmailMarketingConsentUpdateInput!) {
        customerEmailMarketingConsentUpdate(input: $input) {
          customer { id defaultEmailAddress { marketingState marketingOptInLevel marketingUpdatedAt } }
          userErrors { field message code }
        }
      }`,
    variables: {
      input: {
        customerId: "gid://shopify/Customer/1",
        emailMarketingConsent: {
          marketingState: "SUBSCRIBED",
          marketingOptInLevel: "SINGLE_OPT_IN",
          consentUpdatedAt: "2026-11-21T00:00:00Z",
        },
      },
    },
  },
  {
    name: "customer-get",
    query: `query LoyaltyCustomer($id: ID!) {
        customer(id: $id) {
          id
          legacyResourceId
          firstName
          lastName
          displayName
          locale
          state
          tags
          createdAt
          updatedAt
          numberOfOrders
          amountSpent { amount currencyCode }
          verifiedEmail
          taxExempt
          defaultEmailAddress { emailAddress marketingState marketingOptInLevel marketingUpdatedAt }
          defaultPhoneNumber { phoneNumber smsMarketingConsent { state optInLevel updatedAt } }
          defaultAddress { countryCodeV2 provinceCode }
          mergeable { isMergeable reason }
          points: metafield(key: "points_balance") { value compareDigest }
          tier: metafield(namespace: "$app", key: "tier") { value }
          storeCreditAccounts(first: 5) { nodes { id balance { amount currencyCode } } }
        }
      }`,
    variables: { id: "gid://shopify/Customer/1" },
  },
  {
    name: "customer-merge-preview",
    query: `query MergePreview($one: ID!, $two: ID!) {
        customerMergePreview(customerOneId: $one, customerTwoId: $two) {
          resultingCustomerId
          customerMergeErrors { errorFields message }
          blockingFields { note tags }
        }
      }`,
    variables: { one: "gid://shopify/Customer/1", two: "gid://shopify/Customer/2" },
  },
  {
    name: "customer-merge",
    query: `mutation CustomerMerge($one: ID!, $two: ID!) {
        customerMerge(customerOneId: $one, customerTwoId: $two) {
          job { id done }
          resultingCustomerId
          userErrors { code field message }
        }
      }`,
    variables: { one: "gid://shopify/Customer/1", two: "gid://shopify/Customer/2" },
  },
  {
    name: "customer-metafields-set",
    query: `mutation SetCustomerLoyalty($metafields: [MetafieldsSetInput!]!) {
        metafieldsSet(metafields: $metafields) {
          metafields { id namespace key value compareDigest }
          userErrors { field message code elementIndex }
        }
      }`,
    variables: {
      metafields: [
        { ownerId: "gid://shopify/Customer/1", key: "points_balance", type: "number_integer", value: "120" },
        {
          ownerId: "gid://shopify/Customer/1",
          namespace: "$app",
          key: "tier",
          type: "single_line_text_field",
          value: "gold",
          compareDigest: null,
        },
      ],
    },
  },
  {
    name: "customer-sms-consent-update",
    query: `mutation SmsConsent($input: CustomerSmsMarketingConsentUpdateInput!) {
        customerSmsMarketingConsentUpdate(input: $input) {
          customer { id defaultPhoneNumber { smsMarketingConsent { state optInLevel updatedAt } } }
          userErrors { field message code }
        }
      }`,
    variables: {
      input: {
        customerId: "gid://shopify/Customer/1",
        smsMarketingConsent: {
          marketingState: "SUBSCRIBED",
          marketingOptInLevel: "SINGLE_OPT_IN",
          consentUpdatedAt: "2026-11-21T00:00:00Z",
        },
      },
    },
  },
  {
    name: "customer-tags-add",
    query: `mutation TagsAdd($id: ID!, $tags: [String!]!) {
        tagsAdd(id: $id, tags: $tags) { node { id } userErrors { field message } }
      }`,
    variables: { id: "gid://shopify/Customer/1", tags: ["loyalty:gold"] },
  },
  {
    name: "customer-tags-remove",
    query: `mutation TagsRemove($id: ID!, $tags: [String!]!) {
        tagsRemove(id: $id, tags: $tags) { node { id } userErrors { field message } }
      }`,
    variables: { id: "gid://shopify/Customer/1", tags: ["loyalty:silver"] },
  },
  {
    name: "customer-update",
    query: `mutation CustomerUpdate($input: CustomerInput!) {
        customerUpdate(input: $input) {
          customer { id firstName lastName note tags locale }
          userErrors { field message }
        }
      }`,
    variables: { input: { id: "gid://shopify/Customer/1", note: "Loyalty member since 2026" } },
  },
  {
    name: "customers-search",
    query: `query CustomersSearch($query: String!, $first: Int!, $after: String) {
        customers(first: $first, after: $after, query: $query, sortKey: UPDATED_AT, reverse: true) {
          nodes { id legacyResourceId displayName defaultEmailAddress { emailAddress } numberOfOrders tags updatedAt }
          pageInfo { hasNextPage endCursor }
        }
        customersCount(query: $query) { count precision }
      }`,
    variables: { query: 'email:"a@example.com"', first: 25 },
  },
  {
    name: "discount-basic-fixed-amount",
    query: `mutation CreateBasic($basicCodeDiscount: DiscountCodeBasicInput!) {
        discountCodeBasicCreate(basicCodeDiscount: $basicCodeDiscount) {
          codeDiscountNode {
            id
            codeDiscount { __typename ... on DiscountCodeBasic { title status usageLimit appliesOncePerCustomer startsAt endsAt discountClasses tags codes(first: 1) { nodes { id code } } context { __typename ... on DiscountCustomers { customers { id } } } } }
          }
          userErrors { field message code extraInfo }
        }
      }`,
    variables: {
      basicCodeDiscount: {
        title: "Loyalty: 5 off",
        code: "LOY-ABCD1234",
        startsAt: "2026-11-21T00:00:00Z",
        endsAt: "2027-05-21T00:00:00Z",
        context: { customers: { add: ["gid://shopify/Customer/1"] } },
        usageLimit: 1,
        appliesOncePerCustomer: true,
        combinesWith: { orderDiscounts: false, productDiscounts: true, shippingDiscounts: true },
        tags: ["loyalty"],
        minimumRequirement: { subtotal: { greaterThanOrEqualToSubtotal: "25.00" } },
        customerGets: { value: { discountAmount: { amount: "5.00", appliesOnEachItem: false } }, items: { all: true } },
      },
    },
  },
  {
    name: "discount-basic-free-product-100pct",
    query: `mutation CreateBasic($basicCodeDiscount: DiscountCodeBasicInput!) {
        discountCodeBasicCreate(basicCodeDiscount: $basicCodeDiscount) {
          codeDiscountNode {
            id
            codeDiscount { __typename ... on DiscountCodeBasic { title status usageLimit appliesOncePerCustomer startsAt endsAt discountClasses tags codes(first: 1) { nodes { id code } } context { __typename ... on DiscountCustomers { customers { id } } } } }
          }
          userErrors { field message code extraInfo }
        }
      }`,
    variables: {
      basicCodeDiscount: {
        title: "Loyalty: free tote",
        code: "LOY-FREE2",
        startsAt: "2026-11-21T00:00:00Z",
        context: { all: "ALL" },
        usageLimit: 1,
        customerGets: { value: { percentage: 1 }, items: { products: { productsToAdd: ["gid://shopify/Product/1"] } } },
      },
    },
  },
  {
    name: "discount-basic-segment",
    query: `mutation CreateBasic($basicCodeDiscount: DiscountCodeBasicInput!) {
        discountCodeBasicCreate(basicCodeDiscount: $basicCodeDiscount) {
          codeDiscountNode {
            id
            codeDiscount { __typename ... on DiscountCodeBasic { title status usageLimit appliesOncePerCustomer startsAt endsAt discountClasses tags codes(first: 1) { nodes { id code } } context { __typename ... on DiscountCustomers { customers { id } } } } }
          }
          userErrors { field message code extraInfo }
        }
      }`,
    variables: {
      basicCodeDiscount: {
        title: "Gold tier 5%",
        code: "GOLD5",
        startsAt: "2026-11-21T00:00:00Z",
        context: { customerSegments: { add: ["gid://shopify/Segment/1"] } },
        customerGets: { value: { percentage: 0.05 }, items: { all: true } },
      },
    },
  },
  {
    name: "discount-bulk-delete",
    query: `mutation BulkDelete($ids: [ID!]) { discountCodeBulkDelete(ids: $ids) { job { id done } userErrors { field message code } } }`,
    variables: { ids: ["gid://shopify/DiscountCodeNode/1"] },
  },
  {
    name: "discount-bxgy-free-product",
    query: `mutation CreateBxgy($bxgyCodeDiscount: DiscountCodeBxgyInput!) {
        discountCodeBxgyCreate(bxgyCodeDiscount: $bxgyCodeDiscount) {
          codeDiscountNode { id codeDiscount { ... on DiscountCodeBxgy { title status codes(first: 1) { nodes { code } } } } }
          userErrors { field message code extraInfo }
        }
      }`,
    variables: {
      bxgyCodeDiscount: {
        title: "Loyalty gift",
        code: "LOY-BXGY",
        startsAt: "2026-11-21T00:00:00Z",
        context: { customers: { add: ["gid://shopify/Customer/1"] } },
        usageLimit: 1,
        usesPerOrderLimit: 1,
        appliesOncePerCustomer: true,
        combinesWith: { orderDiscounts: false, productDiscounts: true, shippingDiscounts: true },
        customerBuys: { items: { collections: { add: ["gid://shopify/Collection/1"] } }, value: { amount: "1.00" } },
        customerGets: {
          items: { products: { productVariantsToAdd: ["gid://shopify/ProductVariant/1"] } },
          value: { discountOnQuantity: { quantity: "1", effect: { percentage: 1 } } },
        },
      },
    },
  },
  {
    name: "discount-by-code",
    query: `query DiscountByCode($code: String!) {
        codeDiscountNodeByCode(code: $code) { id codeDiscount { __typename ... on DiscountCodeBasic { status asyncUsageCount usageLimit endsAt } ... on DiscountCodeFreeShipping { status asyncUsageCount } ... on DiscountCodeBxgy { status asyncUsageCount } ... on DiscountCodeApp { status asyncUsageCount } } }
      }`,
    variables: { code: "LOY-ABCD1234" },
  },
  {
    name: "discount-deactivate",
    query: `mutation Deactivate($id: ID!) { discountCodeDeactivate(id: $id) { codeDiscountNode { id codeDiscount { ... on DiscountCodeBasic { status endsAt } } } userErrors { field message code } } }`,
    variables: { id: "gid://shopify/DiscountCodeNode/1" },
  },
  {
    name: "discount-delete",
    query: `mutation Delete($id: ID!) { discountCodeDelete(id: $id) { deletedCodeDiscountId userErrors { field message code } } }`,
    variables: { id: "gid://shopify/DiscountCodeNode/1" },
  },
  {
    name: "discount-free-shipping",
    query: `mutation CreateFreeShipping($freeShippingCodeDiscount: DiscountCodeFreeShippingInput!) {
        discountCodeFreeShippingCreate(freeShippingCodeDiscount: $freeShippingCodeDiscount) {
          codeDiscountNode { id codeDiscount { ... on DiscountCodeFreeShipping { title status codes(first: 1) { nodes { code } } } } }
          userErrors { field message code extraInfo }
        }
      }`,
    variables: {
      freeShippingCodeDiscount: {
        title: "Loyalty free shipping",
        code: "LOY-SHIP",
        startsAt: "2026-11-21T00:00:00Z",
        context: { customers: { add: ["gid://shopify/Customer/1"] } },
        usageLimit: 1,
        appliesOncePerCustomer: true,
        combinesWith: { orderDiscounts: true, productDiscounts: true },
        destination: { all: true },
        maximumShippingPrice: "20.00",
        minimumRequirement: { subtotal: { greaterThanOrEqualToSubtotal: "10.00" } },
      },
    },
  },
  {
    name: "discount-get",
    query: `query DiscountGet($id: ID!) {
        discountNode(id: $id) { id discount { __typename
          ... on DiscountCodeBasic { title status usageLimit asyncUsageCount startsAt endsAt tags codes(first: 5) { nodes { id code asyncUsageCount } } }
          ... on DiscountCodeBxgy { title status asyncUsageCount codes(first: 5) { nodes { code } } }
          ... on DiscountCodeFreeShipping { title status asyncUsageCount codes(first: 5) { nodes { code } } }
          ... on DiscountCodeApp { title status asyncUsageCount codes(first: 5) { nodes { code } } } } }
      }`,
    variables: { id: "gid://shopify/DiscountCodeNode/1" },
  },
  {
    name: "discount-redeem-codes-bulk-add",
    query: `mutation AddCodes($discountId: ID!, $codes: [DiscountRedeemCodeInput!]!) {
        discountRedeemCodeBulkAdd(discountId: $discountId, codes: $codes) { bulkCreation { id done codesCount } userErrors { field message code } }
      }`,
    variables: { discountId: "gid://shopify/DiscountCodeNode/1", codes: [{ code: "A1" }, { code: "A2" }] },
  },
  {
    name: "discount-redeem-codes-bulk-status",
    query: `query BulkCreation($id: ID!) {
        discountRedeemCodeBulkCreation(id: $id) { id done codesCount importedCount failedCount codes(first: 50) { nodes { code errors { message code } discountRedeemCode { id } } } }
      }`,
    variables: { id: "gid://shopify/DiscountRedeemCodeBulkCreation/1" },
  },
  {
    name: "discounts-list-loyalty-tag",
    query: `query LoyaltyDiscounts($after: String) {
        discountNodes(first: 50, after: $after, query: "tag:loyalty status:active") { nodes { id discount { __typename ... on DiscountCodeBasic { title asyncUsageCount endsAt } } } pageInfo { hasNextPage endCursor } }
      }`,
    variables: {},
  },
  {
    name: "draft-order-create",
    query: `mutation DraftOrderCreate($input: DraftOrderInput!) { draftOrderCreate(input: $input) { draftOrder { id invoiceUrl totalPriceSet { shopMoney { amount } } } userErrors { field message } } }`,
    variables: {
      input: {
        purchasingEntity: { customerId: "gid://shopify/Customer/1" },
        lineItems: [{ variantId: "gid://shopify/ProductVariant/1", quantity: 1 }],
        discountCodes: ["LOY-ABCD1234"],
        customAttributes: [{ key: "loyalty", value: "1" }],
      },
    },
  },
  {
    name: "gift-card-create-pre-2026-07",
    query: `mutation GiftCardCreateOld($input: GiftCardCreateInput!) { giftCardCreate(input: $input) { giftCard { id } giftCardCode userErrors { field message code } } }`,
    variables: { input: { initialValue: "10.00", customerId: "gid://shopify/Customer/1" } },
  },
  {
    name: "gift-card-create",
    query: `mutation GiftCardCreate($input: GiftCardCreateInput!) {
        giftCardCreate(input: $input) {
          giftCard { id maskedCode lastCharacters expiresOn initialValue { amount currencyCode } balance { amount currencyCode } }
          giftCardCode
          userErrors { field message code }
        }
      }`,
    variables: {
      input: {
        initialAmount: { amount: "10.00", currencyCode: "USD" },
        customerId: "gid://shopify/Customer/1",
        code: "loyalty1234abcd",
        note: "loyalty redemption #1",
        expiresOn: "2027-11-21",
      },
    },
  },
  {
    name: "gift-card-credit",
    query: `mutation GiftCardCredit($id: ID!, $creditInput: GiftCardCreditInput!) { giftCardCredit(id: $id, creditInput: $creditInput) { giftCardCreditTransaction { id amount { amount currencyCode } giftCard { id balance { amount } } } userErrors { field message code } } }`,
    variables: { id: "gid://shopify/GiftCard/1", creditInput: { creditAmount: { amount: "5.00", currencyCode: "USD" }, note: "x" } },
  },
  {
    name: "gift-card-deactivate",
    query: `mutation GiftCardDeactivate($id: ID!) { giftCardDeactivate(id: $id) { giftCard { id deactivatedAt } userErrors { field message code } } }`,
    variables: { id: "gid://shopify/GiftCard/1" },
  },
  {
    name: "gift-cards-list",
    query: `query GiftCards($query: String) { giftCards(first: 20, query: $query) { nodes { id enabled maskedCode balance { amount } customer { id } note } } }`,
    variables: { query: "customer_id:1" },
  },
  {
    name: "locations-list",
    query: `query Locations { locations(first: 50) { nodes { id name isActive } } }`,
    variables: {},
  },
  {
    name: "markets-list",
    query: `query Markets { markets(first: 50) { nodes { id name handle status } } }`,
    variables: {},
  },
  {
    name: "metafield-definition-create",
    query: `mutation CreateLoyaltyDefinition($definition: MetafieldDefinitionInput!) {
        metafieldDefinitionCreate(definition: $definition) {
          createdDefinition { id namespace key ownerType type { name } access { admin storefront customerAccount } }
          userErrors { field message code }
        }
      }`,
    variables: {
      definition: {
        name: "Loyalty points balance",
        key: "points_new",
        ownerType: "CUSTOMER",
        type: "number_integer",
        access: { admin: "MERCHANT_READ", storefront: "PUBLIC_READ", customerAccount: "READ" },
        capabilities: { adminFilterable: { enabled: true } },
      },
    },
  },
  {
    name: "metafield-definition-update",
    query: `mutation UpdateLoyaltyDefinition($definition: MetafieldDefinitionUpdateInput!) {
        metafieldDefinitionUpdate(definition: $definition) {
          updatedDefinition { id namespace key }
          validationJob { id done }
          userErrors { field message code }
        }
      }`,
    variables: { definition: { key: "points_total", ownerType: "CUSTOMER", access: { customerAccount: "READ" } } },
  },
  {
    name: "metafield-definitions-list",
    query: `query LoyaltyDefinitions($ownerType: MetafieldOwnerType!, $namespace: String) {
        metafieldDefinitions(first: 50, ownerType: $ownerType, namespace: $namespace) {
          nodes { id namespace key name type { name } access { admin storefront customerAccount } }
        }
      }`,
    variables: { ownerType: "CUSTOMER", namespace: "$app" },
  },
  {
    name: "metafields-delete",
    query: `mutation DeleteMetafields($metafields: [MetafieldIdentifierInput!]!) {
        metafieldsDelete(metafields: $metafields) {
          deletedMetafields { ownerId namespace key }
          userErrors { field message }
        }
      }`,
    variables: { metafields: [{ ownerId: "gid://shopify/Customer/1", namespace: "$app", key: "tier" }] },
  },
  {
    name: "nodes-resolve",
    query: `query Nodes($ids: [ID!]!) { nodes(ids: $ids) { __typename id ... on Product { title handle } ... on ProductVariant { displayName } ... on Collection { title } } }`,
    variables: { ids: ["gid://shopify/Product/1"] },
  },
  {
    name: "order-get",
    query: `query LoyaltyOrder($id: ID!) {
        order(id: $id) {
            id
            legacyResourceId
            name
            createdAt
            processedAt
            updatedAt
            cancelledAt
            closedAt
            test
            sourceName
            tags
            currencyCode
            presentmentCurrencyCode
            taxesIncluded
            displayFinancialStatus
            displayFulfillmentStatus
            attribution { handle displayName }
            app { id name }
            retailLocation { id }
            discountCodes
            subtotalPriceSet { shopMoney { amount currencyCode } presentmentMoney { amount currencyCode } }
            currentSubtotalPriceSet { shopMoney { amount currencyCode } }
            totalPriceSet { shopMoney { amount currencyCode } presentmentMoney { amount currencyCode } }
            currentTotalPriceSet { shopMoney { amount currencyCode } }
            totalTaxSet { shopMoney { amount currencyCode } }
            currentTotalTaxSet { shopMoney { amount currencyCode } }
            totalShippingPriceSet { shopMoney { amount currencyCode } }
            currentShippingPriceSet { shopMoney { amount currencyCode } }
            totalDiscountsSet { shopMoney { amount currencyCode } }
            totalTipReceivedSet { shopMoney { amount currencyCode } }
            totalRefundedSet { shopMoney { amount currencyCode } }
            netPaymentSet { shopMoney { amount currencyCode } }
            customer { id }
          customAttributes { key value }
          lineItems(first: 100) {
            nodes {
              id quantity currentQuantity isGiftCard sku vendor title
              product { id productType tags }
              variant { id }
              sellingPlan { sellingPlanId name }
              customAttributes { key value }
              originalTotalSet { shopMoney { amount } }
              discountedTotalSet(withCodeDiscounts: true) { shopMoney { amount } }
              discountAllocations { allocatedAmountSet { shopMoney { amount } } discountApplication { index __typename } }
            }
            pageInfo { hasNextPage endCursor }
          }
          discountApplications(first: 20) {
            nodes { __typename index targetType allocationMethod value { __typename ... on MoneyV2 { amount } ... on PricingPercentageValue { percentage } } ... on DiscountCodeApplication { code } ... on AutomaticDiscountApplication { title } ... on ManualDiscountApplication { title } ... on ScriptDiscountApplication { title } }
          }
          refunds(first: 50) {
            id createdAt note
            totalRefundedSet { shopMoney { amount currencyCode } }
            refundLineItems(first: 100) { nodes { quantity restockType lineItem { id } subtotalSet { shopMoney { amount } } totalTaxSet { shopMoney { amount } } } }
            refundShippingLines(first: 10) { nodes { subtotalAmountSet { shopMoney { amount } } } }
            orderAdjustments(first: 10) { nodes { reason amountSet { shopMoney { amount } } } }
            transactions(first: 10) { nodes { id kind status gateway amountSet { shopMoney { amount } } } }
          }
          transactions(first: 20) { id kind status gateway test amountSet { shopMoney { amount currencyCode } } }
        }
      }`,
    variables: { id: "gid://shopify/Order/1" },
  },
  {
    name: "order-risk-and-events",
    query: `query OrderExtra($id: ID!) { order(id: $id) { id returnStatus fulfillments(first: 5) { id status createdAt } events(first: 5) { nodes { id createdAt message } } } }`,
    variables: { id: "gid://shopify/Order/1" },
  },
  {
    name: "order-tags-metafield",
    query: `mutation OrderAnnotate($id: ID!, $tags: [String!]!, $metafields: [MetafieldsSetInput!]!) { tagsAdd(id: $id, tags: $tags) { userErrors { field message } } metafieldsSet(metafields: $metafields) { metafields { id } userErrors { field message } } }`,
    variables: {
      id: "gid://shopify/Order/1",
      tags: ["loyalty"],
      metafields: [{ ownerId: "gid://shopify/Order/1", key: "points_earned", type: "number_integer", value: "50" }],
    },
  },
  {
    name: "orders-list",
    query: `query OrdersPage($query: String, $first: Int!, $after: String) {
        orders(first: $first, after: $after, query: $query, sortKey: CREATED_AT) {
          nodes {
            id
            legacyResourceId
            name
            createdAt
            processedAt
            updatedAt
            cancelledAt
            closedAt
            test
            sourceName
            tags
            currencyCode
            presentmentCurrencyCode
            taxesIncluded
            displayFinancialStatus
            displayFulfillmentStatus
            attribution { handle displayName }
            app { id name }
            retailLocation { id }
            discountCodes
            subtotalPriceSet { shopMoney { amount currencyCode } presentmentMoney { amount currencyCode } }
            currentSubtotalPriceSet { shopMoney { amount currencyCode } }
            totalPriceSet { shopMoney { amount currencyCode } presentmentMoney { amount currencyCode } }
            currentTotalPriceSet { shopMoney { amount currencyCode } }
            totalTaxSet { shopMoney { amount currencyCode } }
            currentTotalTaxSet { shopMoney { amount currencyCode } }
            totalShippingPriceSet { shopMoney { amount currencyCode } }
            currentShippingPriceSet { shopMoney { amount currencyCode } }
            totalDiscountsSet { shopMoney { amount currencyCode } }
            totalTipReceivedSet { shopMoney { amount currencyCode } }
            totalRefundedSet { shopMoney { amount currencyCode } }
            netPaymentSet { shopMoney { amount currencyCode } }
            customer { id }
          }
          pageInfo { hasNextPage endCursor }
        }
      }`,
    variables: { query: "created_at:>='2026-01-01T00:00:00Z' financial_status:paid -status:cancelled", first: 50 },
  },
  {
    name: "product-facets",
    query: `query Facets { productTags(first: 250) { nodes } productTypes(first: 250) { nodes } productVendors(first: 250) { nodes } }`,
    variables: {},
  },
  {
    name: "product-in-collections",
    query: `query ProductCollections($ids: [ID!]!) { nodes(ids: $ids) { ... on Product { id collections(first: 50) { nodes { id } } } } }`,
    variables: { ids: ["gid://shopify/Product/1"] },
  },
  {
    name: "products-search",
    query: `query Products($query: String, $first: Int!, $after: String) {
        products(first: $first, after: $after, query: $query, sortKey: TITLE) {
          nodes { id title handle status vendor productType tags isGiftCard featuredMedia { preview { image { url altText } } } priceRangeV2 { minVariantPrice { amount currencyCode } } variants(first: 5) { nodes { id title sku price availableForSale inventoryQuantity } } }
          pageInfo { hasNextPage endCursor }
        }
      }`,
    variables: { query: "title:tote* status:active", first: 25 },
  },
  {
    name: "segment-create-metafield",
    query: `mutation SegmentCreateMf($name: String!, $query: String!) { segmentCreate(name: $name, query: $query) { segment { id } userErrors { field message } } }`,
    variables: { name: "Points >= 500", query: "metafields.app--123456789.points_balance >= 500" },
  },
  {
    name: "segment-create",
    query: `mutation SegmentCreate($name: String!, $query: String!) { segmentCreate(name: $name, query: $query) { segment { id name query } userErrors { field message } } }`,
    variables: { name: "Loyalty gold", query: "customer_tags CONTAINS 'loyalty:gold'" },
  },
  {
    name: "segment-members",
    query: `query Members($segmentId: ID!, $after: String) { customerSegmentMembers(segmentId: $segmentId, first: 1000, after: $after) { edges { cursor node { id displayName numberOfOrders amountSpent { amount } } } totalCount pageInfo { hasNextPage endCursor } } }`,
    variables: { segmentId: "gid://shopify/Segment/1" },
  },
  {
    name: "segment-membership",
    query: `query Membership($customerId: ID!, $segmentIds: [ID!]!) { customerSegmentMembership(customerId: $customerId, segmentIds: $segmentIds) { memberships { segmentId isMember } } }`,
    variables: { customerId: "gid://shopify/Customer/1", segmentIds: ["gid://shopify/Segment/1"] },
  },
  {
    name: "segment-update-delete",
    query: `mutation SegUpdate($id: ID!, $query: String) { segmentUpdate(id: $id, query: $query) { segment { id } userErrors { field message } } }`,
    variables: { id: "gid://shopify/Segment/1", query: "customer_tags CONTAINS 'x'" },
  },
  {
    name: "segments-list",
    query: `query Segments($after: String) { segments(first: 50, after: $after) { nodes { id name query lastEditDate } pageInfo { hasNextPage endCursor } } }`,
    variables: {},
  },
  {
    name: "shop-info",
    query: `query ShopInfo {
        shop {
          id
          name
          email
          contactEmail
          myshopifyDomain
          url
          primaryDomain { host url }
          currencyCode
          enabledPresentmentCurrencies
          currencyFormats { moneyFormat moneyWithCurrencyFormat }
          ianaTimezone
          timezoneOffsetMinutes
          taxesIncluded
          plan { publicDisplayName partnerDevelopment shopifyPlus }
          customerAccountsV2 { customerAccountsVersion loginRequiredAtCheckout loginLinksVisibleOnStorefrontAndCheckout url }
          features { giftCards sellsSubscriptions storefront }
        }
        shopLocales { locale name primary published }
      }`,
    variables: {},
  },
  {
    name: "shop-locales",
    query: `query Locales { shopLocales { locale name primary published } }`,
    variables: {},
  },
  {
    name: "store-credit-account",
    query: `query StoreCredit($id: ID!) {
        customer(id: $id) { storeCreditAccounts(first: 10) { nodes { id balance { amount currencyCode } transactions(first: 20) { nodes { __typename amount { amount } createdAt event ... on StoreCreditAccountCreditTransaction { id expiresAt remainingAmount { amount } } } } } } }
      }`,
    variables: { id: "gid://shopify/Customer/1" },
  },
  {
    name: "store-credit-credit",
    query: `mutation StoreCreditCredit($id: ID!, $creditInput: StoreCreditAccountCreditInput!) {
        storeCreditAccountCredit(id: $id, creditInput: $creditInput) {
          storeCreditAccountTransaction { id amount { amount currencyCode } balanceAfterTransaction { amount currencyCode } expiresAt account { id } }
          userErrors { field message code }
        }
      }`,
    variables: {
      id: "gid://shopify/Customer/1",
      creditInput: { creditAmount: { amount: "5.00", currencyCode: "USD" }, expiresAt: "2027-11-21T00:00:00Z", notify: true },
    },
  },
  {
    name: "store-credit-debit",
    query: `mutation StoreCreditDebit($id: ID!, $debitInput: StoreCreditAccountDebitInput!) {
        storeCreditAccountDebit(id: $id, debitInput: $debitInput) {
          storeCreditAccountTransaction { id amount { amount currencyCode } balanceAfterTransaction { amount } account { id } }
          userErrors { field message code }
        }
      }`,
    variables: { id: "gid://shopify/StoreCreditAccount/1", debitInput: { debitAmount: { amount: "5.00", currencyCode: "USD" } } },
  },
  {
    name: "webhook-subscription-create",
    query: `mutation WebhookCreate($topic: WebhookSubscriptionTopic!, $webhookSubscription: WebhookSubscriptionInput!) {
        webhookSubscriptionCreate(topic: $topic, webhookSubscription: $webhookSubscription) { webhookSubscription { id topic uri format filter includeFields } userErrors { field message } }
      }`,
    variables: { topic: "BULK_OPERATIONS_FINISH", webhookSubscription: { uri: "https://example.com/webhooks", format: "JSON" } },
  },
  {
    name: "webhook-subscription-delete",
    query: `mutation WebhookDelete($id: ID!) { webhookSubscriptionDelete(id: $id) { deletedWebhookSubscriptionId userErrors { field message } } }`,
    variables: { id: "gid://shopify/WebhookSubscription/1" },
  },
  {
    name: "webhook-subscriptions-list",
    query: `query Webhooks { webhookSubscriptions(first: 50) { nodes { id topic uri filter includeFields apiVersion { handle } } } }`,
    variables: {},
  },
];
