/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once
#include <qc/types.h>
typedef int32_t IgvmHandle;
typedef uint32_t IgvmVariableHeaderType, IgvmPageDataType;
typedef enum { IGVM_HEADER_SECTION_PLATFORM, IGVM_HEADER_SECTION_INITIALIZATION,
               IGVM_HEADER_SECTION_DIRECTIVE } IgvmHeaderSection;
typedef enum { IGVM_PLATFORM_TYPE_NATIVE, IGVM_PLATFORM_TYPE_VSM_ISOLATION,
               IGVM_PLATFORM_TYPE_SEV_SNP, IGVM_PLATFORM_TYPE_TDX,
               IGVM_PLATFORM_TYPE_SEV, IGVM_PLATFORM_TYPE_SEV_ES }
    IgvmPlatformType;
typedef union { uint32_t as_uint32; } IgvmPageDataFlags, IgvmEnvironmentInfo;
typedef struct { uint32_t typ, length; } IGVM_VHS_VARIABLE_HEADER;
typedef struct { uint64_t gpa; uint32_t compatibility_mask, file_offset;
                 IgvmPageDataFlags flags; uint16_t data_type, reserved; }
    IGVM_VHS_PAGE_DATA;
typedef struct { uint32_t parameter_area_index, byte_offset; }
    IGVM_VHS_PARAMETER;
typedef struct IGVM_VHS_MEMORY_MAP_ENTRY IGVM_VHS_MEMORY_MAP_ENTRY;
typedef struct IGVM_VHS_SUPPORTED_PLATFORM IGVM_VHS_SUPPORTED_PLATFORM;
typedef struct IGVM_VHS_SNP_ID_BLOCK IGVM_VHS_SNP_ID_BLOCK;
typedef struct IGVM_VHS_REQUIRED_MEMORY IGVM_VHS_REQUIRED_MEMORY;
typedef struct IGVM_VHS_PARAMETER_INSERT IGVM_VHS_PARAMETER_INSERT;
typedef struct IGVM_VHS_PARAMETER_AREA IGVM_VHS_PARAMETER_AREA;
typedef struct IGVM_VHS_GUEST_POLICY IGVM_VHS_GUEST_POLICY;
typedef struct IGVM_VHS_VP_CONTEXT IGVM_VHS_VP_CONTEXT;
typedef struct IgvmNativeVpContextX64 IgvmNativeVpContextX64;
